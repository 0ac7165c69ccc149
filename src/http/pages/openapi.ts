import { AVATAR } from '../../dialects/avatar.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import { IMAGE } from '../../dialects/image.ts';
import { ERRORS, type ErrorCode } from '../../errors.ts';
import { FORMATS } from '../../formats.ts';
import { SHOWN_OPTIONS } from '../../options/option-table.ts';
import { VERSION } from '../../package-root.ts';
import { PROBLEM_TYPE } from '../errors/problem.ts';
import { dialectPaths } from './openapi-dialects.ts';
import { type Json, queryParameter, SEGMENTS, SIDE } from './openapi-parameters.ts';
import { MEANINGS } from './reference.ts';
import { SERVICE_ROUTES, type ServiceRoute } from './service-routes.ts';
import type { Site } from './site.ts';

/** All variants of a form with optional parts in brackets: `/{a}[.{ext}]` gives `/{a}` and `/{a}.{ext}`. */
export function variants(form: string): string[] {
  const end = form.indexOf(']');
  if (end < 0) return [form];
  const start = form.lastIndexOf('[', end);
  const [before, inside, after] = [form.slice(0, start), form.slice(start + 1, end), form.slice(end + 1)];
  return [...new Set([...variants(before + after), ...variants(before + inside + after)])];
}

const ref = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` });

const PICTURE = {
  description: 'the picture, or with `json` its explanation',
  headers: Object.fromEntries(
    ['ETag', 'Cache-Control', 'Cache-Status', 'X-Cache', 'X-Ignored'].map((name) => [
      name,
      { schema: { type: 'string' } },
    ]),
  ),
  content: {
    ...Object.fromEntries(Object.values(FORMATS).map(({ mime }) => [mime, {}])),
    'application/json': { schema: { type: 'object' } },
  },
};

/** Errors that picture routes do not have. */
const ELSEWHERE = ['unauthorized', 'request-timeout', 'not-found', 'method-not-allowed'];

/** The `type` of an error: a link to the reference. */
const typeOf = (code: string): string => `/docs#${code}`;

/** The kinds of errors, by code. */
const problems = (): Json =>
  Object.fromEntries(
    Object.entries(ERRORS).map(([code, { status, title }]) => [
      code,
      {
        description: MEANINGS[code as ErrorCode],
        content: {
          [PROBLEM_TYPE]: {
            schema: ref('schemas', 'Problem'),
            example: {
              type: typeOf(code),
              title,
              status,
              detail: MEANINGS[code as ErrorCode],
              instance: '/',
              code,
            },
          },
        },
      },
    ]),
  );

/** The answers of picture routes: one for each status that has an error. */
function answers(): Json {
  const codes = Object.entries(ERRORS).filter(([code]) => !ELSEWHERE.includes(code));
  const errorOf = (status: number): Json => ({
    description: codes.flatMap(([code, row]) => (row.status === status ? [code] : [])).join(', '),
    content: { [PROBLEM_TYPE]: { schema: ref('schemas', 'Problem') }, [FORMATS.svg.mime]: {} },
  });
  return {
    200: ref('responses', 'Picture'),
    304: { description: 'the copy that If-None-Match names is still right' },
    ...Object.fromEntries(codes.map(([, { status }]) => [status, errorOf(status)])),
  };
}

/** A path for each variant of a grammar's form. */
function picturePaths(
  { paths: [mount = ''], forms: [form = ''] }: Dialect,
  summary: string,
): [string, Json][] {
  return variants(form.replace('[?options]', '')).map((path) => {
    const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
    const get = {
      operationId: [mount.slice(1), ...names].join('_'),
      summary,
      tags: ['pictures'],
      parameters: [
        ...names.map((name) => ({
          name,
          in: 'path',
          required: true,
          ...(name === 'size' && names.includes('name') ? SIDE : SEGMENTS[name]),
        })),
        ...SHOWN_OPTIONS.map((name) => ref('parameters', name)),
      ],
      responses: answers(),
    };
    return [mount + path, { get }];
  });
}

/** The path of a route that is not a picture. */
function servicePath({ path, what, type, parameter }: ServiceRoute): [string, Json] {
  const parameters = parameter && [{ ...parameter, in: 'query', required: true, schema: { type: 'string' } }];
  const schema = { type: type === 'application/json' ? 'object' : 'string' };
  const get = {
    operationId: path.slice(1).replace(/\..*/, ''),
    summary: what,
    tags: ['service'],
    ...(parameters && { parameters }),
    responses: { 200: { description: what, content: { [type]: { schema } } } },
  };
  return [path, { get }];
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference', enum: Object.keys(ERRORS).map(typeOf) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', enum: Object.keys(ERRORS) },
    parameter: { type: 'string' },
    value: { type: 'string' },
  },
};

/** `/openapi.json`: OpenAPI 3.1, made from the service's own tables. */
export function openapi({ base }: Pick<Site, 'base'>): string {
  return JSON.stringify({
    openapi: '3.1.0',
    info: {
      title: 'greybox',
      version: VERSION,
      description: 'Placeholder images by URL.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: base || '/' }],
    tags: [{ name: 'pictures' }, { name: 'other services' }, { name: 'service' }],
    paths: Object.fromEntries([
      ...picturePaths(IMAGE, 'A placeholder picture'),
      ...picturePaths(AVATAR, 'A square with the initials of a name'),
      ...dialectPaths({ 200: ref('responses', 'Picture'), 400: ref('responses', 'invalid-option') }),
      ...SERVICE_ROUTES.map(servicePath),
    ]),
    components: {
      schemas: { Problem: PROBLEM },
      responses: { Picture: PICTURE, ...problems() },
      parameters: Object.fromEntries(SHOWN_OPTIONS.map((name) => [name, queryParameter(name)])),
    },
  });
}
