type SwaggerUi = (options: {
  url: string
  domNode: Element
  deepLinking: boolean
  docExpansion: 'list'
  requestSnippetsEnabled: boolean
}) => void

declare global {
  interface Window {
    SwaggerUIBundle?: SwaggerUi
  }
}

const frame = document.querySelector<HTMLElement>('[data-openapi]')
if (frame?.dataset.openapi && window.SwaggerUIBundle) {
  window.SwaggerUIBundle({
    url: frame.dataset.openapi,
    domNode: frame,
    deepLinking: false,
    docExpansion: 'list',
    requestSnippetsEnabled: true,
  })
}

export {}
