import { expect, test } from '@playwright/test'
import { signInAs, watchErrors, withoutScript } from './shop.page.ts'
import { signIn } from './staff.page.ts'

const fileOf = (text: string) => ({ name: 'lamps.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

async function firstCategory(page: import('@playwright/test').Page): Promise<string> {
  return (await (await page.request.get('/api/catalog/categories')).json()).data.items[0].slug
}

test('an admin checks a CSV, reads what is wrong in which line, imports the rest, and the shop shows it', async ({
  page,
}) => {
  const errors = watchErrors(page)
  const sku = `CSV-${Date.now().toString(36).toUpperCase()}`
  await signInAs(page, 'admin')
  await page.goto('/admin/import')
  const lines = [
    'title,category,status,sku,price,onHand',
    `Journey lamp ${sku},${await firstCategory(page)},active,${sku},24.50,3`,
    `Broken lamp ${sku},no-such-shelf,active,${sku}-X,24.50,3`,
  ]
  await page.getByLabel('CSV file').setInputFiles(fileOf(lines.join('\n')))
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByRole('row', { name: new RegExp(`3 ${sku}-X category`) })).toBeVisible()
  expect((await page.request.get(`/api/catalog/products?skus=${sku}`)).ok()).toBe(true)
  await page.getByRole('button', { name: 'Import 1 row' }).click()
  const imported = page.getByRole('row', { name: /lamps\.csv Imported 1 0 1/ }).first()
  await expect(imported).toBeVisible()
  await page.reload()
  await expect(imported).toBeVisible()
  await page.goto(`/search?q=${sku}`)
  await page
    .getByRole('link', { name: `Journey lamp ${sku}` })
    .first()
    .click()
  await expect(page.getByText('€24.50').first()).toBeVisible()
  expect(errors).toEqual([])
})

test('without JavaScript a file is checked and imported, too', async ({ browser }) => {
  const context = await withoutScript(browser)
  const page = await context.newPage()
  await signIn(page, 'admin')
  await page.goto('/admin/import')
  const { data } = await (await page.request.get('/api/catalog/products?limit=1')).json()
  const { sku } = data.items[0].variants[0]
  await page.getByRole('button', { name: 'Check the file' }).click()
  await expect(page.getByText('Choose a file first.')).toBeVisible()
  await page.getByLabel('CSV file').setInputFiles(fileOf(`sku,compareAtPrice\n${sku},999.99`))
  await page.getByRole('button', { name: 'Check the file' }).click()
  await page.getByRole('button', { name: 'Import 1 row' }).click()
  await expect(page.getByRole('row', { name: /lamps\.csv Imported 0 1 0/ }).first()).toBeVisible()
  await context.close()
})
