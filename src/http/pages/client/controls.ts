import { DIMENSIONS, UNLABELLED } from '../own-url.ts';
import { all, byId } from './dom.ts';
import type { Problem, Source, State } from './state.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const form = byId<HTMLFormElement>('form');

const controls = (): Control[] =>
  all<Control>('input[name], select[name], textarea[name]', form).filter(({ name }) => name !== '');

/** The options that a field of the page represents. */
const namesIn = (field: Element): string[] => [
  ...new Set(all<Control>('[name]', field).map(({ name }) => name)),
];

/** Shows a value in a control. A value missing from a list is added to it. */
function show(control: Control, value: string): void {
  if (control instanceof HTMLInputElement && (control.type === 'radio' || control.type === 'checkbox')) {
    control.checked = control.value === value;
    return;
  }
  if (control instanceof HTMLSelectElement && ![...control.options].some((option) => option.value === value))
    control.add(new Option(value));
  if (control.value !== value) control.value = value;
}

/** A radio group that does not offer the current value falls back to its empty choice. */
function fallBack(fields: Readonly<Record<string, string>>): void {
  for (const radio of all<HTMLInputElement>('input[type=radio][value=""]', form)) {
    const group = all<HTMLInputElement>(`input[type=radio][name="${radio.name}"]`, form);
    if (!group.some(({ checked }) => checked) && !fields[radio.name]?.includes(',')) radio.checked = true;
  }
}

/** Sliders and swatches show the same value as the text beside them. */
function followText(): void {
  for (const follower of all<HTMLInputElement>('[data-for]', form)) {
    const { value } = byId<HTMLInputElement>(follower.dataset['for'] ?? '');
    if (follower.type === 'range')
      follower.value = /^\d+$/.test(value) ? value : (follower.dataset['start'] ?? '0');
    else if (/^#?[\da-f]{6}$/i.test(value)) follower.value = `#${value.replace('#', '').toLowerCase()}`;
  }
}

/** Only options that are set can be reset. */
function showResets(fields: Readonly<Record<string, string>>): void {
  for (const reset of all<HTMLButtonElement>('[data-reset]', form)) {
    const field = reset.closest('[data-option]');
    const isSet = field !== null && namesIn(field).some((name) => fields[name]);
    reset.hidden = !isSet;
    field?.classList.toggle('is-set', isSet);
  }
}

function showFields(fields: Readonly<Record<string, string>>): void {
  for (const control of controls()) show(control, fields[control.name] ?? '');
  fallBack(fields);
  showResets(fields);
  followText();
}

const errorOf = (name: string): HTMLElement | null => document.getElementById(`e-${name}`);

function clearErrors(): void {
  for (const error of all<HTMLElement>('.error')) {
    error.hidden = true;
    error.textContent = '';
  }
  for (const control of all('[aria-invalid]')) control.removeAttribute('aria-invalid');
}

/** Which control is at fault: the URL line if the value was typed there. The picture's size is not its label's size. */
function placeOf({ code, parameter = 'url' }: Problem, source: Source): string {
  if (source === 'line') return 'url';
  const name = code === 'invalid-size' ? DIMENSIONS : parameter;
  return errorOf(name) ? name : 'url';
}

function showProblem(problem: Problem, source: Source): void {
  clearErrors();
  const name = placeOf(problem, source);
  const error = errorOf(name);
  if (error) {
    error.textContent = problem.detail;
    error.hidden = false;
  }
  const field = document.querySelector(`[data-option="${name}"]`);
  const at = field ? all<Control>('[name]:not([type=checkbox])', field) : [byId<HTMLInputElement>('url')];
  for (const control of at) control.setAttribute('aria-invalid', 'true');
  field?.closest('details')?.setAttribute('open', '');
}

/** The value of a control as a field; empty for an unticked checkbox. */
function entered(control: Control): string {
  return control instanceof HTMLInputElement && control.type === 'checkbox' && !control.checked
    ? ''
    : control.value;
}

/** A slider or swatch changes the text that it belongs to. */
function moveText(follower: HTMLInputElement, state: State): void {
  const text = byId<HTMLInputElement>(follower.dataset['for'] ?? '');
  const value = follower.value.replace('#', '');
  const others = text.name === 'bg' ? (state.explanation?.colours.bg.slice(1) ?? []) : [];
  text.value = [value, ...others].join('-');
  state.set({ [text.name]: text.value });
}

/** Joins the form's controls to the state, both ways. */
export function bindControls(state: State): void {
  form.addEventListener('input', ({ target }) => {
    const control = target as HTMLInputElement;
    if (control.dataset['for']) moveText(control, state);
    else if (control.name) state.set({ [control.name]: entered(control) });
    // Typing a label turns the label on.
    if (control.name === 'text' && state.fields[UNLABELLED]) state.set({ [UNLABELLED]: '' });
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('click', ({ target }) => {
    const name = (target as Element).closest<HTMLElement>('[data-reset]')?.dataset['reset'];
    const field = name && form.querySelector(`[data-option="${name}"]`);
    if (!field) return;
    state.set(Object.fromEntries(namesIn(field).map((one) => [one, ''])));
    showFields(state.fields);
    field.querySelector<HTMLElement>('[name]')?.focus();
  });
  const named = byId<HTMLSelectElement>('named');
  named.addEventListener('change', () => {
    const width = state.explanation?.options['width'] ?? '600';
    const isRatio = named.value.includes(':');
    if (named.value) state.set({ [DIMENSIONS]: isRatio ? `${width}x${named.value}` : named.value });
    named.value = '';
    showFields(state.fields);
  });
  state.listen({
    changed: (_url, source) => {
      if (source === 'line') return;
      showResets(state.fields);
      followText();
      if (state.fields[UNLABELLED] === undefined) show(byId<HTMLInputElement>('unlabelled'), '');
    },
    explained: (explanation, source) => {
      clearErrors();
      if (source === 'line') showFields(state.fields);
      const [first = 'cccccc'] = explanation.colours.bg;
      for (const [name, colour] of [
        ['bg', first],
        ['fg', explanation.colours.fg],
      ] as const) {
        const swatch = form.querySelector<HTMLInputElement>(`[data-for="o-${name}"]`);
        if (swatch) swatch.value = `#${colour.slice(0, 6)}`;
      }
    },
    refused: showProblem,
  });
}

export { showFields };
