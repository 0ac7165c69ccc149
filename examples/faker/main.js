import { faker } from '@faker-js/faker';

const GREYBOX = process.env.GREYBOX ?? 'http://localhost:3000';
/** The same picture from a greybox: the old URL without its scheme, behind its own. */
const here = (url) => url.replace(/^https?:\//, GREYBOX);

faker.seed(1);
const people = Array.from({ length: 3 }, () => ({
  name: faker.person.fullName(),
  photo: here(faker.image.urlPicsumPhotos({ width: 300, height: 200 })),
}));
console.log(JSON.stringify(people, null, 2));
