import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const projectFolder = path.resolve(import.meta.dirname, '..', '..');

/** The staff application: built into dist/staff, which the server serves. */
export default defineConfig(({ command }) => {
  // why: a test run has NODE_ENV=test, with which React would be built for development, half as large again.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    root: import.meta.dirname,
    plugins: [react()],
    build: {
      outDir: path.join(projectFolder, 'dist', 'staff'),
      emptyOutDir: true,
      target: 'es2023',
      // why: an image inside a style would need data: in the content security policy of every page.
      assetsInlineLimit: 0,
      manifest: 'manifest.json',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1_000,
    },
    server: { proxy: { '/api': 'http://127.0.0.1:4600' } },
  };
});
