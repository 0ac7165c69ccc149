import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { PACKAGE_ROOT } from '../../package-root.ts';

/** A file of the pages, as browsers are sent it. */
export interface BundledFile {
  /** With a hash of its content: `playground-3F2A.js`. */
  readonly name: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/** What pages ask for by name: each is bundled with all that it imports. */
const ENTRIES = ['playground.ts', 'playground.css', 'status.ts', 'status.css', 'docs.css'];

/** A body in the encodings that browsers take (RFC 9110, 8.4). */
export function compressed(plain: Buffer): Omit<BundledFile, 'name'> {
  const br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
  return { plain, br, gzip: gzipSync(plain, { level: 9 }) };
}

/** Bundles the scripts and styles of the pages from their sources. It needs esbuild, which a container has not. */
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
