export default {
  // greybox draws with native modules: they are loaded, not bundled.
  serverExternalPackages: ['greybox'],
  images: { loader: 'custom', loaderFile: './loader.js' },
};
