import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { API_NAMES } from '@vitrine/contracts/identity'
import { useContext } from 'react'
import swaggerStyles from 'swagger-ui-dist/swagger-ui.css?url'
import swaggerScript from 'swagger-ui-dist/swagger-ui-bundle.js?url'
import startScript from '#app/enhance/api-docs.ts?worker&url'
import { pageMeta } from '#app/features/seo.ts'
import { NonceContext } from '#app/nonce.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: swaggerStyles }]

export const loader = ({ request }: LoaderFunctionArgs) => {
  const asked = new URL(request.url).searchParams.get('service')
  return { service: API_NAMES.find((name) => name === asked) ?? API_NAMES[1] }
}

export const meta: MetaFunction = () => pageMeta({ title: 'API documents', isHidden: true })

/** One page over the OpenAPI documents of all services, each with try-it. */
export default function ApiDocs() {
  const { service } = useLoaderData<typeof loader>()
  const nonce = useContext(NonceContext)
  const document = `/api/${service}/openapi.json`
  return (
    <main id="main" className="wrap page-top">
      <h1>API documents</h1>
      <p className="lead measure">Each route names the permission it needs. What you try here is done for real.</p>
      <nav aria-label="Services" className="scroller">
        {API_NAMES.map((name) => (
          <a
            key={name}
            className="chip"
            href={`/api/docs?service=${name}`}
            aria-current={name === service || undefined}
          >
            {name}
          </a>
        ))}
      </nav>
      <p className="small">
        As a file: <a href={document}>{document}</a>
      </p>
      <div className="api-docs" data-openapi={document} />
      <script src={swaggerScript} nonce={nonce || undefined} defer />
      <script type="module" src={startScript} nonce={nonce || undefined} />
    </main>
  )
}
