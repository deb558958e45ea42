import { useLeaveGuard } from '#app/features/admin-shell/leave-guard.ts'
import { Button } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'

/** Stands under the top bar while a form has unsaved changes; leaving the page asks. */
export function SaveBar({ form, intent, isBusy }: { form: string; intent: string; isBusy: boolean }) {
  useLeaveGuard(!isBusy)
  return (
    <section className="savebar" aria-label="Unsaved changes">
      <p role="status">
        <Icon name="pencil" />
        Unsaved changes
      </p>
      <button className="btn btn--quiet" form={form} type="reset">
        Discard
      </button>
      <Button form={form} name="intent" value={intent} type="submit" tone="primary" isBusy={isBusy}>
        Save
      </Button>
    </section>
  )
}
