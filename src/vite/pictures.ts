import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'vite';
import type { Greybox } from '../greybox.ts';
import { makeFolder } from '../make-folder.ts';
import { RenderQueue } from '../render/queue.ts';
import type { References } from './references.ts';

/** A picture that a build writes. */
export interface Picture {
  /** File name with the extension of its format: `600x400.png` */
  readonly name: string;
  readonly body: Buffer;
}

type Read = Picture | { readonly problem: string };

export interface PicturesOptions {
  readonly greybox: () => Greybox;
  readonly references: References;
  /** Whether a path is a file of the app: it stays what it is. */
  readonly isFile: (target: string) => boolean;
  /** For files that Vite then reads as assets. */
  readonly folder: string;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** The pictures of one build: each is drawn once, whoever names it. */
export class Pictures {
  readonly #options: PicturesOptions;
  readonly #read = new Map<string, Promise<Read>>();
  readonly #used = new Map<string, number>();
  /** A build waits for all of its pictures, however many there are. */
  readonly #queue = new RenderQueue(availableParallelism(), Number.POSITIVE_INFINITY, { refusesLate: false });

  constructor(options: PicturesOptions) {
    this.#options = options;
  }

  /** What a URL shows; undefined for what is no picture. A service's URL that is wrong is warned of. */
  async picture(url: string): Promise<Picture | undefined> {
    const found = await this.#find(url);
    return 'problem' in found ? undefined : found;
  }

  /** The file of {@link picture}, as an absolute path with slashes. */
  async file(url: string): Promise<string | undefined> {
    const picture = await this.picture(url);
    return picture && this.#write(picture);
  }

  /** As {@link file}. @throws Error that says why it is no picture */
  async demand(url: string): Promise<string> {
    const found = await this.#find(url);
    if ('problem' in found) throw new Error(`${url}: ${found.problem}`);
    return this.#write(found);
  }

  /** Says how many pictures there are, and how heavy. */
  report(): void {
    const bytes = [...this.#used.values()].reduce((sum, one) => sum + one, 0);
    if (this.#used.size === 0) return;
    const noun = this.#used.size === 1 ? 'picture' : 'pictures';
    this.#options.logger.info(`greybox: ${this.#used.size} ${noun}, ${(bytes / 1000).toFixed(1)} kB`);
  }

  async #write({ name, body }: Picture): Promise<string> {
    const folder = join(this.#options.folder, hashOf(body));
    await makeFolder(folder);
    const file = join(folder, name);
    await writeFile(file, body);
    return file.replaceAll('\\', '/');
  }

  #find(url: string): Promise<Read> {
    let reading = this.#read.get(url);
    if (!reading) {
      reading = this.#queue.run(() => this.#draw(url));
      this.#read.set(url, reading);
    }
    return reading;
  }

  async #draw(url: string): Promise<Read> {
    const { greybox, references, isFile, logger } = this.#options;
    const { target, host } = references.targetOf(url);
    if (host === '' && isFile(target)) return { problem: 'it is a file of the app' };
    const { status, fields, body } = await greybox().answer({
      method: 'GET',
      target,
      url: target,
      host,
      origin: '',
      client: 'vite',
      field: () => undefined,
    });
    const field = (name: string): string => fields[fields.indexOf(name) + 1] ?? '';
    const name = /filename="([^"]+)"/.exec(field('content-disposition'))?.[1];
    if (status === 200 && name !== undefined && body && field('content-type').startsWith('image/')) {
      this.#used.set(hashOf(body), body.length);
      return { name, body };
    }
    const problem = status === 200 ? 'it is no picture' : detailOf(body);
    // A path may be a route of the app; a service's host alone is a link to it.
    if (host !== '' && status !== 200 && !/^\/?$/.test(target))
      logger.warn(`greybox: ${url} stays: ${problem}`);
    return { problem };
  }
}

const hashOf = (body: Buffer): string => createHash('sha256').update(body).digest('hex').slice(0, 12);

function detailOf(body: Buffer | undefined): string {
  try {
    return (JSON.parse(String(body)) as { detail: string }).detail;
  } catch {
    return 'it could not be drawn';
  }
}
