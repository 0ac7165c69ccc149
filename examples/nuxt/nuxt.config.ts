export default defineNuxtConfig({
  modules: ['@nuxt/image'],
  image: { picsum: { baseURL: '/picsum.photos' } },
  nitro: { externals: { external: ['greybox'] } },
});
