import { createGreybox } from 'greybox';

const greybox = createGreybox();

export const dynamic = 'force-dynamic';
export const GET = (request) => greybox.fetch(request);
export const HEAD = GET;
