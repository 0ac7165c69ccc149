import { createGreybox } from 'greybox';
import { http } from 'msw';

const greybox = createGreybox();
const HOSTS = ['https://picsum.photos', 'https://placehold.co', 'https://ui-avatars.com'];

export const handlers = HOSTS.map((host) => http.get(`${host}/*`, ({ request }) => greybox.fetch(request)));
