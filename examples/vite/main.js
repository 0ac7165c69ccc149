import hero from 'placeholder:600x400.webp?text=Hi';

for (const url of [hero, 'https://placehold.co/300x200/png']) {
  document.body.append(Object.assign(new Image(), { src: url, alt: '' }));
}
