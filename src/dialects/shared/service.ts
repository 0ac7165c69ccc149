import { GreyboxError } from '../../errors.ts';
import type { Dialect, MeantPicture, ReadContext } from '../dialect.ts';
import { type Parts, takeApart, unknownNames } from './parts.ts';

/** What a grammar needs to know about another service. */
export interface Service extends Pick<Dialect, 'hosts' | 'forms' | 'examples'> {
  /** Where it is mounted on every host, for a service without a host of its own: `/placeholder.svg`. */
  readonly path?: string;
  /** Query parameters with a meaning, in lower case; `any` where all have one, such as keywords. */
  readonly params: readonly string[] | 'any';
}

type Explained = Pick<Dialect, 'hosts' | 'paths' | 'forms'>;

/** Adds the forms that the service has to an error. */
function withForms(error: unknown, { hosts, paths, forms }: Explained): unknown {
  if (!(error instanceof GreyboxError)) return error;
  const { code, message, parameter, value } = error;
  const mount = hosts.length > 0 ? '' : (paths[0] ?? '');
  const shown = forms.map((form) => mount + form).join(', ');
  const detail = `${message}; URLs of ${hosts[0] ?? 'this kind'} are ${shown}`;
  return new GreyboxError(code, detail, {
    ...(parameter !== undefined && { parameter }),
    ...(value !== undefined && { value }),
    brief: message,
  });
}

/** Runs a reader, and adds the service's forms to its errors. */
export function explained<T>(service: Explained, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw withForms(error, service);
  }
}

/** Makes the grammar of a service, mounted at its hosts. @param draw returns what one of its URLs asks for */
export function serviceDialect(
  service: Service,
  draw: (parts: Parts, context: ReadContext) => Omit<MeantPicture, 'kind'>,
): Dialect {
  const { hosts, path, forms, examples, params } = service;
  const paths = path === undefined ? [] : [path];
  return {
    name: path ?? `/${hosts[0]}`,
    hosts,
    paths,
    ...(path !== undefined && { isEverywhere: true }),
    forms,
    examples,
    read: (target, context) =>
      explained({ hosts, paths, forms }, () => {
        const parts = takeApart(target);
        return { kind: 'picture', ignored: unknownNames(parts, params), ...draw(parts, context) };
      }),
  };
}
