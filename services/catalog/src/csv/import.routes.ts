import { ImportJob, ImportJobList, ImportQuery } from '@vitrine/contracts/imports'
import { ok, replies } from '@vitrine/kernel/app'
import { AppError } from '@vitrine/kernel/errors'
import { z } from 'zod'
import type { ServiceApp } from '../browse.routes.ts'
import { editorOf } from '../editor.routes.ts'
import type { ExportService } from './export.service.ts'
import type { ImportService } from './import.service.ts'

const Id = z.object({ id: z.string().max(64) })
const CSV = { 'text/csv': { schema: { type: 'string' as const } } }

function requireCsv(request: Request): void {
  if (!request.headers.get('content-type')?.toLowerCase().startsWith('text/csv'))
    throw new AppError('unsupported_media', 'Send the file as text/csv.')
}

/** 201 when it is done already, 202 while it is worked at; the job says the same. */
const statusOf = ({ status }: ImportJob) => (status === 'done' || status === 'failed' ? 201 : 202)

export function importRoutes(app: ServiceApp, imports: ImportService, exports: ExportService): void {
  const permission = 'catalog:write' as const
  const response = { ...replies(ImportJob, 201), ...replies(ImportJob, 202) }
  app
    .post(
      '/api/catalog/import',
      async (context) => {
        const { query, request, set } = context
        requireCsv(request)
        const asked = { dryRun: query.dryRun === 'true', fileName: query.fileName ?? 'products.csv' }
        const job = await imports.upload(request.body, asked, editorOf(context))
        set.status = statusOf(job)
        return ok(job)
      },
      {
        parse: 'none',
        query: ImportQuery,
        response,
        permission,
        detail: {
          summary: 'Import products from CSV, or only check them',
          requestBody: { content: CSV, required: true },
        },
      },
    )
    .get('/api/catalog/import', async () => ok(await imports.list()), {
      response: replies(ImportJobList),
      permission,
      detail: { summary: 'The latest imports' },
    })
    .get('/api/catalog/import/:id', async ({ params }) => ok(await imports.get(params.id)), {
      params: Id,
      response: replies(ImportJob),
      permission,
      detail: { summary: 'One import as it stands' },
    })
    .post(
      '/api/catalog/import/:id/run',
      async (context) => {
        const job = await imports.runChecked(context.params.id, editorOf(context))
        context.set.status = statusOf(job)
        return ok(job)
      },
      { params: Id, response, permission, detail: { summary: 'Import the file of a finished dry run' } },
    )
    .get(
      '/api/catalog/export',
      ({ set }) =>
        new Response(exports.stream(), {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': 'attachment; filename="vitrine-products.csv"',
            'cache-control': 'no-store',
            'x-request-id': String(set.headers['x-request-id']),
          },
        }),
      {
        permission,
        detail: { summary: 'All products as CSV', responses: { 200: { description: 'CSV', content: CSV } } },
      },
    )
}
