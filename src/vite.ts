import { join } from 'node:path';
import type { Connect, Plugin, ResolvedConfig } from 'vite';
import { createGreybox, type Greybox, type GreyboxSettings } from './greybox.ts';
import { appFiles } from './vite/files.ts';
import { Pictures } from './vite/pictures.ts';
import { type Filter, References } from './vite/references.ts';
import { inCss, inHtml, inScript } from './vite/rewrite.ts';

/** The settings of `createGreybox`, and which services the plugin stands in for. */
export interface GreyboxViteOptions extends GreyboxSettings, Filter {}

/** `import url from 'placeholder:600x400?text=Hi'` */
const SCHEME = 'placeholder:';
const RESOLVED = '\0placeholder:';

const STYLE = /\.(?:css|scss|sass|less|styl|stylus|pcss|postcss)(?:$|\?)/;
const SCRIPT = /\.(?:[cm]?[jt]sx?|json|vue|svelte|astro|mdx?)(?:$|\?)/;
/** Modules that are what a file holds, or its URL. */
const VERBATIM = /[?&](?:raw|url|inline|no-inline)(?:&|$)/;

/** Whether a module is of the app itself: none of a package, or of a tool. */
const isOwn = (id: string): boolean => !/\/node_modules\/|^\0/.test(id) && !VERBATIM.test(id);

/** The path that a server has the app at: that of a base which is relative, or of a CDN, is its own. */
function basePath({ base }: ResolvedConfig): string {
  if (base.startsWith('/')) return base;
  return URL.canParse(base) ? new URL(base).pathname : '/';
}

/** What files of a build name another by: a relative base counts from where they are. */
function baseFrom({ base }: ResolvedConfig, fileName: string): string {
  if (base !== '' && base !== './') return base;
  return '../'.repeat(fileName.split('/').length - 1) || './';
}

/**
 * The plugin: servers answer URLs of pictures on the app's own origin, and a build writes them as files and names these
 * instead. URLs are found in HTML, in style sheets and in strings of scripts; those that are put together at run time stay.
 * @throws TypeError, or ConfigError, naming what is wrong with the options
 */
export default function greybox({ include, exclude, ...settings }: GreyboxViteOptions = {}): Plugin[] {
  const references = new References({ include, exclude });
  let instance: Greybox | undefined = createGreybox(settings);
  const made = (): Greybox => {
    instance ??= createGreybox(settings);
    return instance;
  };
  const close = async (): Promise<void> => {
    const open = instance;
    instance = undefined;
    await open?.close();
  };
  let config: ResolvedConfig;
  let pictures: Pictures;
  const isBuild = (): boolean => config.command === 'build';
  const onOwnOrigin = async (url: string): Promise<string | undefined> =>
    references.onOwnOrigin(url, basePath(config));

  const answer = (middlewares: Connect.Server): void => {
    const isFile = appFiles(config);
    const handle: Connect.NextHandleFunction = (request, response, next) => {
      const { url = '/' } = request;
      if (references.owns(url) && !isFile(url)) made().node(request, response, next);
      else next();
    };
    const base = basePath(config);
    if (base !== '/') middlewares.use(base.slice(0, -1), handle);
    middlewares.use(handle);
  };

  /** Before Vite reads them: what is in their place then is an asset like all others. */
  const styles: Plugin = {
    name: 'greybox:styles',
    enforce: 'pre',
    async transform(code, id) {
      if (!isOwn(id) || !STYLE.test(id) || !references.isIn(code)) return undefined;
      const toAsset = async (url: string): Promise<string | undefined> => asset(await pictures.file(url));
      return { code: await inCss(code, references, isBuild() ? toAsset : onOwnOrigin), map: null };
    },
  };

  const main: Plugin = {
    name: 'greybox',
    enforce: 'post',
    configResolved(resolved) {
      config = resolved;
      pictures = new Pictures({
        greybox: made,
        references,
        isFile: appFiles(config),
        folder: join(config.cacheDir, 'greybox'),
        logger: config.logger,
      });
    },
    configureServer({ middlewares }) {
      answer(middlewares);
    },
    configurePreviewServer({ middlewares, httpServer }) {
      answer(middlewares);
      httpServer.once('close', () => void close());
    },
    resolveId(id) {
      return id.startsWith(SCHEME) ? RESOLVED + id.slice(SCHEME.length) : undefined;
    },
    async load(id) {
      if (!id.startsWith(RESOLVED)) return undefined;
      const url = references.ofSource(id.slice(RESOLVED.length));
      const file = await pictures.demand(url);
      if (isBuild()) return `export { default } from ${JSON.stringify(asset(file))}`;
      const path = (await onOwnOrigin(url)) ?? basePath(config) + url.slice(1);
      return `export default ${JSON.stringify(path)}`;
    },
    async transform(code, id) {
      if (!isOwn(id) || STYLE.test(id) || !SCRIPT.test(id) || !references.isIn(code)) return undefined;
      const imports = new Map<string, string>();
      const nameOf = async (url: string): Promise<string | undefined> => {
        const file = asset(await pictures.file(url));
        if (file === undefined) return undefined;
        if (!imports.has(file)) imports.set(file, `__greybox${imports.size}`);
        return imports.get(file);
      };
      const literal = async (url: string): Promise<string | undefined> => {
        const path = await onOwnOrigin(url);
        return path && JSON.stringify(path);
      };
      const rewritten = await inScript(code, this.parse(code), references, isBuild() ? nameOf : literal);
      if (rewritten === undefined) return undefined;
      const head = [...imports]
        .map(([file, name]) => `import ${name} from ${JSON.stringify(file)};`)
        .join('');
      return { code: head + rewritten, map: null };
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html) => (isBuild() ? html : inHtml(html, references, onOwnOrigin)),
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !/\.(?:html|css)$/.test(file.fileName)) continue;
          const text = typeof file.source === 'string' ? file.source : Buffer.from(file.source).toString();
          const emit = async (url: string): Promise<string | undefined> => {
            const picture = await pictures.picture(url);
            if (!picture) return undefined;
            const reference = this.emitFile({ type: 'asset', name: picture.name, source: picture.body });
            return baseFrom(config, file.fileName) + this.getFileName(reference);
          };
          const rewrite = file.fileName.endsWith('.css') ? inCss : inHtml;
          if (references.isIn(text)) file.source = await rewrite(text, references, emit);
        }
      },
    },
    async closeBundle() {
      if (isBuild()) pictures.report();
      await close();
    },
  };
  return [styles, main];
}

/** A file as an asset of its own, however small it is. */
function asset<T extends string | undefined>(file: T): T {
  return (file === undefined ? undefined : `${file}?no-inline`) as T;
}
