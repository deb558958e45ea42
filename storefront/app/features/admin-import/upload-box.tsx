import { Form } from '@remix-run/react'
import { CSV_COLUMNS } from '@vitrine/contracts/imports'
import { Button, buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'

/** Every file is checked first; what was checked can then be imported with one click. */
export function UploadBox({ errors, isBusy }: { errors: Record<string, string[] | undefined>; isBusy: boolean }) {
  return (
    <section className="box stack has-fields" aria-labelledby="upload-head">
      <h2 id="upload-head">Import products</h2>
      <Form method="post" encType="multipart/form-data" className="stack" noValidate>
        <TextField
          name="file"
          label="CSV file"
          type="file"
          className="dropzone"
          accept=".csv,text/csv"
          errors={errors.file}
          hint="Choose it, or drop it here. UTF-8, up to 64 MB, one row a variant. Rows with a known SKU change it, others add to the catalog."
        />
        <p>
          <Button name="intent" value="check" type="submit" tone="primary" isBusy={isBusy}>
            Check the file
          </Button>
        </p>
        <p className="field__hint">Checking changes nothing. You see every wrong row before anything is imported.</p>
      </Form>
      <details>
        <summary className="link">The columns of the file</summary>
        <p className="mono small soft">{CSV_COLUMNS.join(', ')}</p>
        <p className="small soft">
          Only <span className="mono">sku</span> is always needed. A column that is not in the file stays as it is;{' '}
          <span className="mono">onHand</span> sets what is on hand, so leave it out when the shop has sold since the
          export.
        </p>
      </details>
    </section>
  )
}

export function ExportBox() {
  return (
    <section className="box stack" aria-labelledby="export-head">
      <h2 id="export-head">Export products</h2>
      <p className="soft">Every product and variant with its stock. The file can be imported again as it is.</p>
      <p>
        <a className={buttonClass()} href="/api/catalog/export" download="vitrine-products.csv">
          Download CSV
        </a>
      </p>
    </section>
  )
}
