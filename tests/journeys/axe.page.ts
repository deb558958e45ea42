import type { Page } from '@playwright/test'
import axe from 'axe-core'

/**
 * What breaks WCAG 2 A or AA in the page and its frames: each rule with its elements. The checker's own builder for
 * Playwright takes more than twice as long, because it brings everything that is right out of the browser, too.
 */
export async function violationsOf(page: Page): Promise<string[]> {
  const [main, ...frames] = page.frames()
  await main?.evaluate(axe.source)
  // A sandboxed mail runs no script, and a frame may go while it is asked.
  await Promise.allSettled(frames.map((frame) => frame.evaluate(axe.source)))
  return page.evaluate(async () => {
    const checker: typeof axe = Reflect.get(window, 'axe')
    const { violations } = await checker.run({ runOnly: ['wcag2a', 'wcag2aa'], resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  })
}
