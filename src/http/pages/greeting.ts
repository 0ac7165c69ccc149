import { OWN } from '../../dialects/table.ts';
import { parseAccept } from '../protocol/accept.ts';

/** Whether a client prefers HTML: it names the type, as every browser does (RFC 9110, 12.5.1). */
export function likesHtml(accept = ''): boolean {
  return parseAccept(accept).some(
    ({ type, quality }) => quality > 0 && /^(?:text\/html|text\/\*|application\/xhtml\+xml)$/.test(type),
  );
}

/** Six lines for `curl` users. @param origin our origin, as seen by the client */
export function greeting(origin: string): string {
  const mount = `${origin}${OWN.paths[0]}`;
  return [
    `greybox: placeholder images by URL, such as ${mount}/600x400`,
    `Form:    ${OWN.paths[0]}${OWN.forms[0]}`,
    `Colours: ${mount}/600x400/0c4a6e/fff.webp   Retina: ${mount}/600x400@2x`,
    `Label:   ${mount}/og?text=Hello\\nworld&font=lora&icon=rocket`,
    `Explain: ${mount}/600x400.json   Any old URL: ${origin}/explain.json?url=https://placehold.co/600x400`,
    `More:    ${origin}/llms.txt   ${origin}/docs   ${origin}/openapi.json`,
    '',
  ].join('\n');
}
