import { Form, Link } from '@remix-run/react'
import type { ImportJob } from '@vitrine/contracts/imports'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { count, formatDateTime } from '#app/format.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Button, buttonClass } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Pairs } from '#app/ui/pairs.tsx'

export const isOver = ({ status }: Pick<ImportJob, 'status'>): boolean => status === 'done' || status === 'failed'

export const jobPath = (id: string): string => `/admin/import?job=${encodeURIComponent(id)}`

export function JobBadge({ job }: { job: ImportJob }) {
  if (job.status === 'failed') return <Badge tone="danger">Failed</Badge>
  if (!isOver(job)) return <Badge tone="info">{job.dryRun ? 'Checking' : 'Importing'}</Badge>
  return <Badge tone={job.errorCount > 0 ? 'warning' : 'positive'}>{job.dryRun ? 'Checked' : 'Imported'}</Badge>
}

function Progress({ job }: { job: ImportJob }) {
  if (isOver(job)) return null
  return (
    <div className="stack stack--tight">
      <p className="num">
        {job.progress} %, {count(job.rows, 'row')} so far. You can leave this page; it goes on.
      </p>
      <div role="progressbar" aria-label="Import" aria-valuenow={job.progress}>
        <svg className="bar bar--accent" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect width={job.progress} height="8" />
        </svg>
      </div>
      <noscript>
        <p>
          <a href={jobPath(job.id)}>See how far it is now</a>
        </p>
      </noscript>
    </div>
  )
}

function Errors({ job }: { job: ImportJob }) {
  if (job.errors.length === 0) return null
  return (
    <>
      <h3>{count(job.errorCount, 'problem')}</h3>
      {job.errorCount > job.errors.length && <p className="soft">The first {job.errors.length} of them:</p>}
      <TableRegion label="Problems, table">
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="end">
                Line
              </th>
              <th scope="col">SKU</th>
              <th scope="col">Column</th>
              <th scope="col">What to change</th>
            </tr>
          </thead>
          <tbody>
            {job.errors.map((error) => (
              <tr key={`${error.line} ${error.column} ${error.message}`}>
                <td className="end num">{error.line}</td>
                <td className="mono">{error.sku}</td>
                <td className="mono">{error.column}</td>
                <td>{error.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableRegion>
    </>
  )
}

function Next({ job, isBusy }: { job: ImportJob; isBusy: boolean }) {
  const changes = job.created + job.updated
  if (!job.dryRun || job.status !== 'done') return null
  if (changes === 0) return <p className="soft">There is nothing to import: the shop has it all already.</p>
  if (!job.hasFile) return <p className="soft">The file is not kept any more. Upload it again to import it.</p>
  return (
    <Form method="post" className="row">
      <input type="hidden" name="job" value={job.id} />
      <Button name="intent" value="run" type="submit" tone="primary" isBusy={isBusy}>
        Import {count(changes, 'row')}
      </Button>
      <Link className={buttonClass({ tone: 'quiet' })} to="/admin/import">
        Take another file
      </Link>
    </Form>
  )
}

/** An import or a dry run: how far it is, what it did or would do, and what is wrong by line. */
export function JobBox({ job, isBusy }: { job: ImportJob; isBusy: boolean }) {
  const would = job.dryRun ? 'Would be ' : ''
  return (
    <section className="box stack" aria-labelledby="job-head">
      <div className="row">
        <h2 id="job-head">{job.fileName}</h2>
        <JobBadge job={job} />
      </div>
      <Progress job={job} />
      {job.status === 'failed' && (
        <Notice tone="danger" title="The file could not be read to its end">
          {job.message} {!job.dryRun && 'Rows before it are imported.'}
        </Notice>
      )}
      {job.dryRun && job.status === 'done' && <p className="soft">This was a check. Nothing is changed yet.</p>}
      <Pairs
        items={[
          { term: `${would}new`.replace(/^n/, 'N'), value: job.created },
          { term: `${would}changed`.replace(/^c/, 'C'), value: job.updated },
          { term: 'Unchanged', value: job.unchanged },
          { term: 'Left out, because another row of the product is wrong', value: job.skipped },
          { term: 'Rows read', value: job.rows, kind: 'total' },
        ]}
      />
      <Next job={job} isBusy={isBusy} />
      <Errors job={job} />
    </section>
  )
}

export function JobTable({ jobs }: { jobs: ImportJob[] }) {
  if (jobs.length === 0) return null
  return (
    <section className="box box--flush" aria-labelledby="jobs-head">
      <div className="pad">
        <h2 id="jobs-head">Latest imports</h2>
      </div>
      <TableRegion label="Latest imports, table">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">State</th>
              <th scope="col" className="end">
                New
              </th>
              <th scope="col" className="end">
                Changed
              </th>
              <th scope="col" className="end">
                Problems
              </th>
              <th scope="col">Started</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <tr key={job.id}>
                <td>
                  <Link to={jobPath(job.id)}>{job.fileName}</Link>
                </td>
                <td>
                  <JobBadge job={job} />
                </td>
                <td className="end num">{job.created}</td>
                <td className="end num">{job.updated}</td>
                <td className="end num">{job.errorCount}</td>
                <td>{formatDateTime(job.createdAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableRegion>
    </section>
  )
}
