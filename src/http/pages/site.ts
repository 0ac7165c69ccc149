import { OWN } from '../../dialects/table.ts';
import type { Assets } from './assets.ts';

export type PageName = 'playground' | 'docs' | 'status';

/** Where the pages are that link to each other. */
export interface Site {
  /** The path that all of greybox is below; empty at the root. */
  readonly base: string;
  /** Those that are on this port, in the order of their links. */
  readonly pages: readonly PageName[];
  readonly assets: Assets;
}

/** Where each page is, below the base. */
export const PAGE_PATHS: Readonly<Record<PageName, string>> = {
  playground: '/',
  docs: '/docs',
  status: '/status',
};

/** As one port has them all. */
export const ALL_PAGES: readonly PageName[] = ['playground', 'docs', 'status'];

/** Those that are left where the status has a port of its own. */
export const PUBLIC_PAGES: readonly PageName[] = ['playground', 'docs'];

/** The path before the size in URLs of ours: `/image`. */
export const mountIn = ({ base }: Pick<Site, 'base'>): string => base + (OWN.paths[0] ?? '');
