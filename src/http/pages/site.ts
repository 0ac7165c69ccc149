import { OWN } from '../../dialects/table.ts';
import type { Assets } from './assets.ts';

export type PageName = 'playground' | 'docs' | 'status';

/** The location of the pages, which link to each other. */
export interface Site {
  /** The path prefix of greybox; empty at the root. */
  readonly base: string;
  /** The pages on this port, in the order of their links. */
  readonly pages: readonly PageName[];
  readonly assets: Assets;
}

/** Where each page is, below the base. */
export const PAGE_PATHS: Readonly<Record<PageName, string>> = {
  playground: '/',
  docs: '/docs',
  status: '/status',
};

/** All pages, on one port. */
export const ALL_PAGES: readonly PageName[] = ['playground', 'docs', 'status'];

/** The pages that remain if the status has its own port. */
export const PUBLIC_PAGES: readonly PageName[] = ['playground', 'docs'];

/** The path before the size in our URLs: `/image`. */
export const mountIn = ({ base }: Pick<Site, 'base'>): string => base + (OWN.paths[0] ?? '');
