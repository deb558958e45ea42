import { expect, type Page, test } from '@playwright/test'
import { linkOfMail } from './mailbox.api.ts'
import { addToCart, productsInStock, watchErrors, withoutScript } from './shop.page.ts'

const FIRST = 'a sentence to begin with'
const SECOND = 'another sentence to go on'

async function signInWith(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function addAddress(page: Page, line1: string, isFirst: boolean): Promise<void> {
  await page.goto('/account/addresses')
  await page.getByLabel('Full name').fill('Mara Test')
  await page.getByLabel('Street and number').fill(line1)
  await page.getByLabel('Postcode').fill('10115')
  await page.getByLabel('Town').fill('Berlin')
  if (isFirst) await page.getByLabel('Use it first at checkout').check()
  await page.getByRole('button', { name: 'Save the address' }).click()
  await expect(page.getByText(line1).first()).toBeVisible()
}

test('without a script an account is made, confirmed by mail, its password forgotten and chosen anew', async ({
  browser,
}) => {
  const context = await withoutScript(browser)
  const page = await context.newPage()
  const email = `mara.${Date.now().toString(36)}@buyers.test`
  await page.goto('/register')
  await page.getByLabel('Full name').fill('Mara Test')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(FIRST)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hello, Mara')
  await page.goto('/account/profile')
  await expect(page.getByText('is not confirmed yet')).toBeVisible()

  const confirmation = await linkOfMail(email, 'verify-email')
  await page.goto(confirmation)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'your e-mail is confirmed' })).toBeVisible()
  await page.goto(confirmation)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('alert')).toContainText('used already')

  await page.goto('/forgot')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'on its way' })).toBeVisible()
  await page.goto(await linkOfMail(email, 'password-reset'))
  await page.getByLabel('New password').fill(SECOND)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page).toHaveURL(/\/login\?reset=done/)

  await signInWith(page, email, FIRST)
  await expect(page.getByRole('alert')).toContainText('do not match')
  await signInWith(page, email, SECOND)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hello, Mara')
  await page.goto('/account/profile')
  await expect(page.getByText('is not confirmed yet')).toHaveCount(0)
  await context.close()
})

test('the address used first stands in the checkout, everything kept can be taken along, and the account can go', async ({
  page,
}) => {
  const errors = watchErrors(page)
  const email = `ada.${Date.now().toString(36)}@buyers.test`
  await page.goto('/register')
  await page.getByLabel('Full name').fill('Mara Test')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(FIRST)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('/account')
  await addAddress(page, 'Old Street 1', false)
  await addAddress(page, 'New Street 2', true)
  await page.getByRole('link', { name: 'Change New Street 2' }).click()
  await page.getByLabel('Street and number').fill('New Street 22')
  await page.getByRole('button', { name: 'Save the address' }).click()
  await addToCart(page, (await productsInStock(page, 1))[0] ?? '')
  await page.goto('/checkout')
  await expect(page.getByLabel('E-mail')).toHaveValue(email)
  await expect(page.getByRole('radio', { name: /New Street 22/ })).toBeChecked()
  await expect(page.getByLabel('Street and number')).toBeHidden()
  await page.getByRole('radio', { name: 'Another address' }).check()
  await page.getByLabel('Country').selectOption('IT')
  await page.getByLabel('Province').fill('RM')
  await page.getByLabel('Postcode').fill('12')
  await page.getByLabel('Postcode').blur()
  await expect(page.getByText('Write it like 00144.')).toBeVisible()

  await page.goto('/account/profile')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download everything' }).click(),
  ])
  const kept = JSON.parse(
    await (await file.createReadStream()).toArray().then((parts) => Buffer.concat(parts).toString()),
  )
  expect(kept).toMatchObject({ account: { email }, sessions: [{ isCurrent: true }], orders: [] })
  expect(kept.addresses).toHaveLength(2)

  await page.getByText('Delete the account').click()
  await page.getByLabel('Your password').fill('not the password')
  await page.getByRole('button', { name: 'Delete my account' }).click()
  await expect(page.getByText('This is not your password.')).toBeVisible()
  await page.getByLabel('Your password').fill(FIRST)
  await page.getByRole('button', { name: 'Delete my account' }).click()
  await page.waitForURL('/')
  await signInWith(page, email, FIRST)
  await expect(page.getByRole('alert')).toContainText('do not match')
  // The browser itself reports the refusals the journey asked for.
  expect(errors.filter((error) => !/status of 40[01]/.test(error))).toEqual([])
})
