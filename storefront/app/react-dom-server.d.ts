declare module 'react-dom/server.browser' {
  export { renderToReadableStream, renderToString } from 'react-dom/server'
}
