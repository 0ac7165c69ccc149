import { AVATAR } from '../../dialects/avatar.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import { DIALECTS, OWN } from '../../dialects/table.ts';
import { mountOf } from './docs.ts';
import type { Json } from './openapi-parameters.ts';

/** The path after a service's host: OpenAPI has no parameter for several segments at once. */
function restOf({ examples: [example = ''] }: Dialect): Json {
  return {
    name: 'path',
    in: 'path',
    required: true,
    description: 'the path of the old URL, with its slashes as they are',
    schema: { type: 'string' },
    example: example.slice(1).split('?')[0],
  };
}

const code = (text: string): string => `\`${text}\``;

/** @param responses of the path */
function pathOf(row: Dialect, responses: Json): [string, Json] {
  const mount = mountOf(row);
  const isQuery = row.forms.every((form) => form.startsWith('?'));
  const get = {
    operationId: row.name.slice(1).replaceAll(/\W+/g, '_'),
    summary: `URLs of ${row.name.slice(1)}`,
    description: `Forms: ${row.forms.map(code).join(', ')}. Examples: ${row.examples.map((path) => code(mount + path)).join(', ')}.`,
    tags: ['other services'],
    ...(!isQuery && { parameters: [restOf(row)] }),
    responses,
  };
  return [isQuery ? mount : `${mount}/{path}`, { get }];
}

/** A path for the URLs of each other service, by its forms. */
export function dialectPaths(responses: Json): [string, Json][] {
  return DIALECTS.filter((row) => row !== OWN && row !== AVATAR).map((row) => pathOf(row, responses));
}
