import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const projectFolder = path.resolve(import.meta.dirname, '..', '..');

/** The staff application: built into dist/staff, which the server serves. */
export default defineConfig({
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
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4600' } },
});
