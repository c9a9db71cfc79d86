import { defineConfig } from 'vitest/config';
import { startConstants } from './tools/start-program.mjs';

export default defineConfig({
  define: startConstants,
  test: { include: ['tests/web/**/*.test.ts'], environment: 'node' },
});
