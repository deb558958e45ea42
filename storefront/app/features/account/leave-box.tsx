import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'

interface LeaveBoxProps {
  errors: Record<string, string[] | undefined>
  isOpen: boolean
}

/** What is kept about one, to take along and to have deleted. */
export function LeaveBox({ errors, isOpen }: LeaveBoxProps) {
  return (
    <section className="box stack" aria-labelledby="data">
      <h2 id="data">Your data</h2>
      <p className="soft">Account, addresses, devices, cart, orders, reviews and messages in one file.</p>
      <p>
        <a className={buttonClass()} href="/account/export" download>
          Download everything
        </a>
      </p>
      <details open={isOpen}>
        <summary className="link">Delete the account</summary>
        <form className="stack mt" method="post">
          <p>
            Your profile, addresses, messages and devices are gone at once. Orders stay in our books without your name
            and address; one that is still on its way keeps them until it arrives. There is no way back.
          </p>
          <TextField
            name="password"
            label="Your password"
            type="password"
            autoComplete="current-password"
            errors={errors.password}
          />
          <p>
            <button className={buttonClass({ tone: 'danger' })} type="submit" name="intent" value="delete">
              Delete my account
            </button>
          </p>
        </form>
      </details>
    </section>
  )
}
