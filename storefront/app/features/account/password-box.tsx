import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'

type Errors = Record<string, string[] | undefined>

export function PasswordBox({ errors }: { errors: Errors }) {
  return (
    <form className="box stack" method="post">
      <h2>Password</h2>
      <TextField
        name="current"
        label="Present password"
        type="password"
        autoComplete="current-password"
        errors={errors.current}
      />
      <TextField
        name="password"
        id="new-password"
        label="New password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        hint="8 characters or more."
        errors={errors.password}
      />
      <p>
        <button className={buttonClass({ tone: 'primary' })} type="submit" name="intent" value="password">
          Change the password
        </button>
      </p>
    </form>
  )
}
