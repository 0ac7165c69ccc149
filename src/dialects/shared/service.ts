import { GreyboxError } from '../../errors.ts';
import type { Dialect, MeantPicture, ReadContext } from '../dialect.ts';
import { type Parts, takeApart, unknownNames } from './parts.ts';

/** Another service: what its grammar's row says of it. */
export interface Service extends Pick<Dialect, 'hosts' | 'forms' | 'examples'> {
  /** Query parameters that mean something, in lower case; `any` where all do, as keywords or as what tells two pictures apart. */
  readonly params: readonly string[] | 'any';
}

/** What an error says beside its own sentence: the forms that the service has. */
function withForms(error: unknown, { hosts, forms }: Pick<Dialect, 'hosts' | 'forms'>): unknown {
  if (!(error instanceof GreyboxError)) return error;
  const { code, message, parameter, value } = error;
  const detail = `${message}; URLs of ${hosts[0] ?? 'this kind'} are ${forms.join(', ')}`;
  return new GreyboxError(code, detail, {
    ...(parameter !== undefined && { parameter }),
    ...(value !== undefined && { value }),
    brief: message,
  });
}

/** Runs a reader, and has its errors name the service's forms. */
export function explained<T>(service: Pick<Dialect, 'hosts' | 'forms'>, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw withForms(error, service);
  }
}

/** Makes the grammar of a service, which is mounted at its hosts. @param draw what one of its URLs asks for */
export function serviceDialect(
  service: Service,
  draw: (parts: Parts, context: ReadContext) => Omit<MeantPicture, 'kind'>,
): Dialect {
  const { hosts, forms, examples, params } = service;
  return {
    name: `/${hosts[0]}`,
    hosts,
    paths: [],
    forms,
    examples,
    read: (target, context) =>
      explained(service, () => {
        const parts = takeApart(target);
        return { kind: 'picture', ignored: unknownNames(parts, params), ...draw(parts, context) };
      }),
  };
}
