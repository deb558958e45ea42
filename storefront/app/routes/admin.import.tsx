import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation, useRevalidator } from '@remix-run/react'
import { ImportJob, ImportJobList } from '@vitrine/contracts/imports'
import { useEffect } from 'react'
import { isOver, JobBox, JobTable, jobPath } from '#app/features/admin-import/job-box.tsx'
import { ExportBox, UploadBox } from '#app/features/admin-import/upload-box.tsx'
import { PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { readForm, refusal, refusalOf } from '#app/server/form.server.ts'

const PATH = '/api/catalog/import'
const UPLOAD_DEADLINE_MS = 60_000
const LOOK_AGAIN_MS = 1000

export const meta: MetaFunction = () => [{ title: 'Import and export, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'catalog:write')
  const id = new URL(request.url).searchParams.get('job')
  const [{ items }, job] = await Promise.all([
    api(request).get(ImportJobList, PATH),
    id ? api(request).get(ImportJob, `${PATH}/${encodeURIComponent(id)}`) : null,
  ])
  return { jobs: items, job }
})

async function checkFile(request: Request, form: FormData): Promise<ImportJob | null> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) return null
  const query = new URLSearchParams({ dryRun: 'true', fileName: file.name.slice(0, 120) || 'products.csv' })
  // A file's own type depends on the machine it comes from.
  const body = file.slice(0, file.size, 'text/csv')
  return api(request).post(ImportJob, `${PATH}?${query}`, body, { deadlineMs: UPLOAD_DEADLINE_MS })
}

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'catalog:write')
  const form = await readForm(request)
  try {
    const checked = String(form.get('job') ?? '')
    const job =
      form.get('intent') === 'run'
        ? await api(request).post(ImportJob, `${PATH}/${encodeURIComponent(checked)}/run`)
        : await checkFile(request, form)
    if (job) return redirect(jobPath(job.id), 303)
    return data(refusal(form, null, { file: ['Choose a file first.'] }), 400)
  } catch (error) {
    return data(refusalOf(form, error), 400)
  }
})

/** Looks again while the job is worked at. Without a script a link does. */
function useProgress(job: ImportJob | null): void {
  const { revalidate } = useRevalidator()
  const isRunning = job !== null && !isOver(job)
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(revalidate, LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [isRunning, revalidate])
}

export default function Import() {
  const { jobs, job } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const isBusy = useNavigation().state === 'submitting'
  useProgress(job)
  return (
    <>
      <PageHead title="Import and export" />
      <RefusalNotice text={refused?.fields.file ? null : refused?.message} />
      <div className="cols">
        <div className="stack">
          {job && <JobBox job={job} isBusy={isBusy} />}
          {!job && <UploadBox errors={refused?.fields ?? {}} isBusy={isBusy} />}
          <JobTable jobs={jobs} />
        </div>
        <div className="stack">
          <ExportBox />
        </div>
      </div>
    </>
  )
}
