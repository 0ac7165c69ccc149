export default {
  stories: ['../src/**/*.stories.js'],
  staticDirs: ['../public'],
};
