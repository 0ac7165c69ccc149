import type { Plugin } from 'vite';
import { checkIsObject } from './config/config.ts';
import type { GreyboxSettings } from './greybox.ts';
import { type Filter, References } from './vite/references.ts';
import { inCss, inHtml, inScript } from './vite/rewrite.ts';
import { Session } from './vite/session.ts';

/** The settings of `createGreybox`, and which services the plugin stands in for. */
export interface GreyboxViteOptions extends GreyboxSettings, Filter {}

/** `import url from 'placeholder:600x400?text=Hi'` */
const SCHEME = 'placeholder:';
const RESOLVED = '\0placeholder:';

const STYLE = /\.(?:css|scss|sass|less|styl|stylus|pcss|postcss)(?:$|\?)/;
const SCRIPT = /\.(?:[cm]?[jt]sx?|json|vue|svelte|astro|mdx?)(?:$|\?)/;
/** Modules that stand for a file's content or its URL. */
const VERBATIM = /[?&](?:raw|url|inline|no-inline)(?:&|$)/;

/** Whether a module belongs to the app itself, not to a package or a tool. */
const isOwn = (id: string): boolean => !/\/node_modules\/|^\0/.test(id) && !VERBATIM.test(id);

/** Emits a file as a separate asset, however small it is. */
function asset<T extends string | undefined>(file: T): T {
  return (file === undefined ? undefined : `${file}?no-inline`) as T;
}

type Hooks = Omit<Plugin, 'name' | 'enforce'>;

/** Rewrites style sheets before Vite reads them, so that their pictures become ordinary assets. */
function inStyles(session: Session): Hooks {
  const { references } = session;
  return {
    async transform(code, id) {
      if (!isOwn(id) || !STYLE.test(id) || !references.isIn(code)) return undefined;
      const toAsset = async (url: string): Promise<string | undefined> =>
        asset(await session.pictures.file(url));
      const replace = session.isBuild ? toAsset : session.onOwnOrigin;
      return { code: await inCss(code, references, replace), map: null };
    },
  };
}

/** Serves pictures in development and in the preview of a build. */
const inServers = (session: Session): Hooks => ({
  configResolved(resolved) {
    session.config = resolved;
  },
  configureServer({ middlewares }) {
    session.answer(middlewares);
  },
  configurePreviewServer({ middlewares, httpServer }) {
    session.answer(middlewares);
    httpServer.once('close', () => void session.close());
  },
});

/** Makes modules of `placeholder:` imports, and rewrites the strings of all others. */
function inModules(session: Session): Hooks {
  const { references, onOwnOrigin } = session;
  return {
    resolveId(id) {
      return id.startsWith(SCHEME) ? RESOLVED + id.slice(SCHEME.length) : undefined;
    },
    async load(id) {
      if (!id.startsWith(RESOLVED)) return undefined;
      const url = references.ofSource(id.slice(RESOLVED.length));
      const file = await session.pictures.demand(url);
      if (session.isBuild) return `export { default } from ${JSON.stringify(asset(file))}`;
      const path = (await onOwnOrigin(url)) ?? session.basePath + url.slice(1);
      return `export default ${JSON.stringify(path)}`;
    },
    async transform(code, id) {
      if (!isOwn(id) || STYLE.test(id) || !SCRIPT.test(id) || !references.isIn(code)) return undefined;
      const imports = new Map<string, string>();
      const nameOf = async (url: string): Promise<string | undefined> => {
        const file = asset(await session.pictures.file(url));
        if (file === undefined) return undefined;
        if (!imports.has(file)) imports.set(file, `__greybox${imports.size}`);
        return imports.get(file);
      };
      const literal = async (url: string): Promise<string | undefined> => {
        const path = await onOwnOrigin(url);
        return path && JSON.stringify(path);
      };
      const replace = session.isBuild ? nameOf : literal;
      const rewritten = await inScript(code, this.parse(code), references, replace);
      if (rewritten === undefined) return undefined;
      const head = [...imports].map(([file, name]) => `import ${name} from ${JSON.stringify(file)};`);
      return { code: head.join('') + rewritten, map: null };
    },
  };
}

/** Rewrites pages in development, and pages and style sheets in a build, where pictures become files. */
function inOutput(session: Session): Hooks {
  const { references, onOwnOrigin } = session;
  let isWhole = false;
  return {
    transformIndexHtml: {
      order: 'post',
      handler: (html) => (session.isBuild ? html : inHtml(html, references, onOwnOrigin)),
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !/\.(?:html|css)$/.test(file.fileName)) continue;
          const text = typeof file.source === 'string' ? file.source : Buffer.from(file.source).toString();
          const emit = async (url: string): Promise<string | undefined> => {
            const picture = await session.pictures.picture(url);
            if (!picture) return undefined;
            const reference = this.emitFile({ type: 'asset', name: picture.name, source: picture.body });
            return session.baseFrom(file.fileName) + this.getFileName(reference);
          };
          const rewrite = file.fileName.endsWith('.css') ? inCss : inHtml;
          if (references.isIn(text)) file.source = await rewrite(text, references, emit);
        }
        isWhole = true;
      },
    },
    async closeBundle() {
      // This is called after a build that failed, too.
      if (isWhole) session.pictures.report();
      await session.close();
    },
  };
}

/**
 * The plugin. Servers answer picture URLs on the app's own origin; a build writes the pictures as files and points to
 * these instead. URLs are found in HTML, style sheets and strings of scripts; those built at run time stay.
 * @throws TypeError, or ConfigError, naming what is wrong with the options
 */
export default function greybox(options: GreyboxViteOptions = {}): Plugin[] {
  checkIsObject(options);
  const { include, exclude, ...settings } = options;
  const session = new Session(settings, new References({ include, exclude }));
  return [
    { name: 'greybox:styles', enforce: 'pre', ...inStyles(session) },
    { name: 'greybox', enforce: 'post', ...inServers(session), ...inModules(session), ...inOutput(session) },
  ];
}
