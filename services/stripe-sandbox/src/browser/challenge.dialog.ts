import type { Api } from './api.ts'

const SOURCE = 'stripe-sandbox-challenge'

function buildDialog(url: string): { dialog: HTMLDialogElement; frame: HTMLIFrameElement; close: HTMLButtonElement } {
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.setAttribute('aria-labelledby', 'bank-check-title')
  const header = document.createElement('header')
  const title = document.createElement('h2')
  title.id = 'bank-check-title'
  title.textContent = 'Your bank wants to know it is you'
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'btn'
  close.textContent = 'Close'
  header.append(title, close)
  const body = document.createElement('div')
  body.className = 'dialog__body'
  const frame = document.createElement('iframe')
  frame.src = url
  frame.title = 'Bank confirmation'
  frame.width = '100%'
  frame.height = '420'
  frame.setAttribute('frameborder', '0')
  body.append(frame)
  dialog.append(header, body)
  return { dialog, frame, close }
}

/** Shows the bank's page and resolves once it was answered or closed. The intent itself tells the outcome. */
export function runChallenge(api: Api, attempt: string): Promise<void> {
  const url = api.challengeUrl(attempt)
  const { dialog, frame, close } = buildDialog(url)
  const { promise, resolve } = Promise.withResolvers<void>()
  const opener = document.activeElement

  function finish() {
    window.removeEventListener('message', onMessage)
    dialog.close()
    dialog.remove()
    if (opener instanceof HTMLElement) opener.focus()
    resolve()
  }

  function onMessage(event: MessageEvent) {
    if (event.origin !== new URL(url).origin || event.source !== frame.contentWindow) return
    if (event.data?.source === SOURCE && event.data.attempt === attempt) finish()
  }

  async function giveUp() {
    await api.cancelChallenge(attempt)
    finish()
  }

  window.addEventListener('message', onMessage)
  close.addEventListener('click', giveUp)
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    giveUp()
  })
  document.body.append(dialog)
  dialog.showModal()
  return promise
}
