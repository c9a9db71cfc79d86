import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { LAYOUT_WORKER_URL: '"/static/dist/layout-worker.js"' },
  test: { include: ['tests/web/**/*.test.ts'], environment: 'node' },
});
