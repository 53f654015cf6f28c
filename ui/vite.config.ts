import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { licences } from './build/licences.ts';

/** Where `npm run dev` finds a running product. */
const backend = process.env['REFLEXARC_URL'] ?? 'http://127.0.0.1:8000';

const vendor = (name: string, packages: string, priority: number) => ({
  name,
  test: new RegExp(`node_modules[\\\\/](${packages})`),
  priority,
});

export default defineConfig({
  // The bundle works under any path: the server writes <base href> for the place it is mounted at.
  base: './',
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  plugins: [react(), licences(fileURLToPath(new URL('.', import.meta.url)))],
  build: {
    target: 'es2022',
    // An inlined font would be a data: URL, which the content security policy forbids.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        advancedChunks: {
          groups: [
            // With its dependencies a group takes what others need as well: what the first page shares with a lazy
            // group stands in a group of its own, or the whole lazy group would come along.
            vendor('react', '(react|react-dom|scheduler|use-sync-external-store)[\\\\/]', 30),
            vendor('tanstack', '@tanstack[\\\\/](?!(react-)?virtual)', 28),
            vendor('uplot', 'uplot', 20),
            vendor('codemirror', '(@codemirror|@lezer|style-mod|w3c-keyname|crelt|@marijn)', 25),
            vendor('flow', '(@xyflow|d3-|zustand|classcat)', 25),
            vendor('yaml', 'yaml[\\\\/]', 25),
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': backend, '/ws': { target: backend.replace('http', 'ws'), ws: true } },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    reporters: ['default', ['junit', { outputFile: 'target/surefire-reports/vitest.xml' }]],
    css: { include: /tokens\.css/ },
  },
});
