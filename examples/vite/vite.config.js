import greybox from 'greybox/vite';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [greybox()] });
