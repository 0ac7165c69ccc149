import { defineConfig } from 'astro/config';
import greybox from 'greybox/vite';

export default defineConfig({ vite: { plugins: [greybox()] } });
