import { SHORT_EXTENSIONS } from '../../formats.ts';
import type { Control } from '../../options/option.ts';
import { OPTIONS } from '../../options/option-table.ts';
import type { OptionName } from '../../options/values.ts';
import { type Html, html, prose } from './html.ts';
import { LOOKS, MULTILINE, SLIDER_END, WITH_COLOUR } from './looks.ts';
import { COLOUR, type FormFields, spellUrl, UNLABELLED } from './own-url.ts';

/** Words that are not simply capitalised. */
const SPELLED: Readonly<Record<string, string>> = { pt: 'PT', jetbrains: 'JetBrains' };

/** `playfair-display` as a title. */
function titled(name: string): string {
  const words = name.split('-').map((word) => SPELLED[word] ?? word.charAt(0).toUpperCase() + word.slice(1));
  return words.join(' ');
}

/** The picture that illustrates a choice of an option. */
const SPECIMENS: { readonly [Name in OptionName]?: (choice: string) => FormFields } = {
  font: (font) => ({
    dimensions: '150x30',
    bg: 'transparent',
    fg: '000',
    format: 'svg',
    text: titled(font),
    font,
    size: '17',
    align: 'left',
    padding: '0',
  }),
  scene: (scene) => ({ dimensions: '96x64', format: 'webp', scene, [UNLABELLED]: '1' }),
  pattern: (pattern) => ({
    ...{ dimensions: '96x64', bg: 'd4d4d8', format: 'svg', pattern },
    [UNLABELLED]: '1',
  }),
  theme: (theme) => ({ dimensions: '96x64', format: 'svg', theme, text: 'Aa', size: '26' }),
};

/** The meaning of an option without a value, in a few words. */
export function otherwiseOf(name: OptionName): string {
  const { otherwise } = OPTIONS[name];
  return 'value' in otherwise ? otherwise.value : otherwise.words;
}

const described = (name: string): Html => html`aria-describedby="h-${name} e-${name}"`;

/** Radio buttons; the first omits the option. @param mount of the pictures that illustrate the choices */
function radios(name: OptionName, choices: readonly string[], look: string, mount: string): Html {
  const show = SPECIMENS[name];
  const others = choices.filter((choice) => choice !== otherwiseOf(name));
  const one = (value: string, label: string): Html => {
    const source = show?.(value === '' ? label : value);
    const isShown = source !== undefined && (value !== '' || choices.includes(label));
    const width = name === 'font' ? 150 : 96;
    return html`<label class="choice" title="${label}"><input type="radio" name="${name}" value="${value}"${value === '' && html` checked`}>${
      isShown
        ? html`<img src="${spellUrl(source, mount)}" alt="" width="${width}" height="${name === 'font' ? 30 : 64}" loading="lazy" fetchpriority="low" decoding="async">`
        : look === 'thumbs' && html`<span class="blank" aria-hidden="true"></span>`
    }<span class="${look === 'thumbs' ? 'one-line' : 'visually-hidden'}">${label}</span></label>`;
  };
  return html`<div class="${look}" role="radiogroup" aria-labelledby="l-${name}" ${described(name)}>${one('', otherwiseOf(name))}${others.map((choice) => one(choice, choice))}</div>`;
}

function list(name: OptionName, choices: readonly string[]): Html {
  return html`<select id="o-${name}" name="${name}" ${described(name)}><option value="">${otherwiseOf(name)}</option>${choices
    .filter((choice) => choice !== otherwiseOf(name))
    .map((choice) => html`<option>${choice}</option>`)}</select>`;
}

/** A colour as text and as a swatch that opens the browser's picker. @param key the name of its field */
export function colour(key: string, label: string, placeholder: string): Html {
  return html`<span class="colour"><input type="color" class="swatch needs-script" aria-label="${label}: pick" data-for="o-${key}" value="#cccccc"><input type="text" id="o-${key}" name="${key}" placeholder="${placeholder}" ${described(key.replace(COLOUR, ''))} spellcheck="false" autocapitalize="off" autocomplete="off"${key.endsWith(COLOUR) && html` aria-label="${label}"`}></span>`;
}

function number(name: OptionName, control: Control & { kind: 'integer' }): Html {
  const end = Math.min(control.max, SLIDER_END[name] ?? control.max);
  const { otherwise } = OPTIONS[name];
  const start =
    'value' in otherwise && Number(otherwise.value) >= control.min ? Number(otherwise.value) : control.min;
  return html`<span class="number"><input type="range" class="needs-script" min="${control.min}" max="${end}" step="${control.step}" value="${start}" data-start="${start}" data-for="o-${name}" aria-label="${name}: slide"><input type="text" id="o-${name}" name="${name}" placeholder="${'value' in otherwise ? otherwise.value : 'auto'}" ${described(name)} autocomplete="off"></span>`;
}

function text(name: OptionName, maxLength: number): Html {
  const attributes = html`id="o-${name}" name="${name}" ${described(name)} placeholder="${otherwiseOf(name)}" autocomplete="off"`;
  if (MULTILINE.includes(name))
    return html`<textarea ${attributes} rows="2"></textarea><label class="check"><input type="checkbox" id="unlabelled" name="${UNLABELLED}" value="1"> no label</label>`;
  const field = html`<input type="text" ${attributes} maxlength="${maxLength}" spellcheck="false" autocapitalize="off">`;
  if (name === 'seed')
    return html`<span class="with-button">${field}<button type="button" class="needs-script" data-action="dice" aria-keyshortcuts="Alt+R" title="Another seed (Alt+R)"><svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true"><rect x="3" y="3" width="18" height="18" rx="4"/><path d="M8 8h.01M16 8h.01M12 12h.01M8 16h.01M16 16h.01"/></svg> Roll</button></span>`;
  if (name === 'icon')
    return html`${field}<div class="icons needs-script" data-icons="o-${name}" role="group" aria-label="Icons that match"></div>`;
  return field;
}

/** The control of an option, chosen by its row in the table. */
function controlOf(name: OptionName, mount: string): Html {
  const { control } = OPTIONS[name];
  switch (control.kind) {
    case 'integer':
      return number(name, control);
    case 'choice': {
      const look = LOOKS[name] ?? 'list';
      return look === 'list' ? list(name, control.choices) : radios(name, control.choices, look, mount);
    }
    case 'colour':
      return colour(name, name, otherwiseOf(name));
    case 'text':
      return text(name, control.maxLength);
    case 'toggle':
      return html`<label class="check"><input type="checkbox" id="o-${name}" name="${name}" value="true" ${described(name)}> ${name}</label>`;
  }
}

/** Whether a control is a single element with the option's id, so that a label can refer to it. */
function hasOneElement(name: OptionName): boolean {
  const { control } = OPTIONS[name];
  return control.kind !== 'choice' || (LOOKS[name] ?? 'list') === 'list';
}

/**
 * An option's whole field: its name, description and control, and the place for its error.
 * @param mount the path before the size of the pictures that illustrate choices
 */
export function field(name: OptionName, mount: string): Html {
  const title = hasOneElement(name)
    ? html`<label class="name" id="l-${name}" for="o-${name}">${name}</label>`
    : html`<span class="name" id="l-${name}">${name}</span>`;
  return html`<div class="field" data-option="${name}"><div class="field-head">${title}<button type="button" class="reset needs-script" data-reset="${name}" aria-label="reset ${name}" hidden>reset</button></div><p class="help" id="h-${name}">${prose(OPTIONS[name].help)}</p>${controlOf(name, mount)}${
    WITH_COLOUR.includes(name) && colour(name + COLOUR, `colour of the ${name}`, 'colour')
  }<p class="error" id="e-${name}" role="alert" hidden></p></div>`;
}

/** The formats that the form offers: each of the table, and `auto`. */
export const FORMAT_CHOICES: readonly string[] = [...SHORT_EXTENSIONS, 'auto'];
