import { join } from 'node:path';
import type { Connect, ResolvedConfig } from 'vite';
import { createGreybox, type Greybox, type GreyboxSettings } from '../greybox.ts';
import { appFiles } from './files.ts';
import { Pictures } from './pictures.ts';
import type { References } from './references.ts';

/** What all hooks of one plugin share: a greybox, which is there while it is needed, and the app that it stands in for. */
export class Session {
  readonly references: References;
  readonly #settings: GreyboxSettings;
  #greybox: Greybox | undefined;
  #config: ResolvedConfig | undefined;
  #pictures: Pictures | undefined;

  /** @throws TypeError, or ConfigError, naming what is wrong with the settings */
  constructor(settings: GreyboxSettings, references: References) {
    this.#settings = settings;
    this.references = references;
    this.#greybox = createGreybox(settings);
  }

  /** Of the app. @throws TypeError before Vite has resolved it */
  get config(): ResolvedConfig {
    if (!this.#config) throw new TypeError('Vite has not resolved its config yet');
    return this.#config;
  }

  set config(config: ResolvedConfig) {
    this.#config = config;
    this.#pictures = new Pictures({
      greybox: () => this.greybox,
      references: this.references,
      isFile: appFiles(config),
      folder: join(config.cacheDir, 'greybox'),
      logger: config.logger,
    });
  }

  get pictures(): Pictures {
    if (!this.#pictures) throw new TypeError('Vite has not resolved its config yet');
    return this.#pictures;
  }

  /** Made again where it was closed: one plugin may serve several builds. */
  get greybox(): Greybox {
    this.#greybox ??= createGreybox(this.#settings);
    return this.#greybox;
  }

  get isBuild(): boolean {
    return this.config.command === 'build';
  }

  /** The path that a server has the app at: that of a base which is relative, or of a CDN, is its own. */
  get basePath(): string {
    const { base } = this.config;
    if (base.startsWith('/')) return base;
    return URL.canParse(base) ? new URL(base).pathname : '/';
  }

  /** What files of a build name another by: a relative base counts from where they are. */
  baseFrom(fileName: string): string {
    const { base } = this.config;
    if (base !== '' && base !== './') return base;
    return '../'.repeat(fileName.split('/').length - 1) || './';
  }

  /** A URL of a picture on the app's own origin; undefined for one that is to stay. */
  readonly onOwnOrigin = async (url: string): Promise<string | undefined> =>
    this.references.onOwnOrigin(url, this.basePath);

  /** Has a server answer pictures, except where the app has a file of that path. */
  answer(middlewares: Connect.Server): void {
    const isFile = appFiles(this.config);
    const handle: Connect.NextHandleFunction = (request, response, next) => {
      const { url = '/' } = request;
      if (this.references.owns(url) && !isFile(url)) this.greybox.node(request, response, next);
      else next();
    };
    if (this.basePath !== '/') middlewares.use(this.basePath.slice(0, -1), handle);
    middlewares.use(handle);
  }

  async close(): Promise<void> {
    const open = this.#greybox;
    this.#greybox = undefined;
    await open?.close();
  }
}
