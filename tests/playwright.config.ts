import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS } from './chromium.ts'

const executablePath = process.env.VITRINE_CHROMIUM ?? ''

const PAGES = 'pages.spec.ts'
/** They set switches and prices that every shopper meets. */
const BENDING = ['promotions.spec.ts', 'testing.spec.ts']

/** Journeys run against the mesh that `tests/run.main.ts` started; `VITRINE_EDGE` names its address. */
export default defineConfig({
  testDir: './journeys',
  outputDir: process.env.VITRINE_RESULTS ?? '../test-results',
  // The walk over all pages is mostly the browser's work, the journeys mostly waiting: side by side they take half the
  // time. What bends the whole shop comes after both.
  workers: 2,
  projects: [
    { name: 'pages', testMatch: PAGES, workers: 1 },
    { name: 'journeys', testIgnore: [PAGES, ...BENDING], workers: 1 },
    { name: 'bending', testMatch: BENDING, workers: 1, dependencies: ['pages', 'journeys'] },
  ],
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: process.env.VITRINE_JSON ?? '../test-results/journeys.json' }]],
  use: {
    baseURL: process.env.VITRINE_EDGE ?? 'http://localhost:8080',
    viewport: { width: 1280, height: 900 },
    // isbot counts "HeadlessChrome" as a bot, which would switch streaming off.
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args: CHROMIUM_ARGS },
  },
})
