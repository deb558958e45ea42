/** Says while the network is away that it is, on every page. */
export function enhanceOffline() {
  if (document.querySelector('[data-offline]')) return
  const strip = document.createElement('p')
  strip.className = 'offline'
  strip.dataset.offline = ''
  // It stands there from the start: a reader hears what is said in it later.
  strip.setAttribute('role', 'status')
  document.body.append(strip)
  const tell = () => {
    strip.textContent = navigator.onLine ? '' : 'You are offline. What you do now is not saved until you are back.'
  }
  addEventListener('offline', tell)
  addEventListener('online', tell)
  tell()
}
