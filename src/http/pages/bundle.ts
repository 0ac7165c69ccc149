import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { PACKAGE_ROOT } from '../../package-root.ts';

/** A file of the pages, as sent to browsers. */
export interface BundledFile {
  /** With a hash of its content: `playground-3F2A.js`. */
  readonly name: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/** The files that pages load by name; each is bundled with its imports. */
const ENTRIES = ['playground.ts', 'playground.css', 'status.ts', 'status.css', 'docs.css'];

/** A body in the encodings that browsers accept (RFC 9110, 8.4). */
export function compressed(plain: Buffer): Omit<BundledFile, 'name'> {
  const br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
  return { plain, br, gzip: gzipSync(plain, { level: 9 }) };
}

/** Bundles the pages' scripts and styles from their sources. Needs esbuild, which the container image does not have. */
export async function bundlePages(): Promise<BundledFile[]> {
  const { build } = await import('esbuild');
  const folder = new URL('src/http/pages/client/', PACKAGE_ROOT);
  const { outputFiles } = await build({
    entryPoints: ENTRIES,
    absWorkingDir: fileURLToPath(folder),
    outdir: 'out',
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
    write: false,
    logLevel: 'warning',
  });
  return outputFiles.map(({ path, contents }) => ({
    name: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
    ...compressed(Buffer.from(contents)),
  }));
}
