import type { Review } from '@vitrine/contracts/reviews'
import { buttonClass } from '#app/ui/button.tsx'
import { SelectField, TextAreaField, TextField } from '#app/ui/field.tsx'

const STARS = [
  ['5', '5 stars: could not be better'],
  ['4', '4 stars: good'],
  ['3', '3 stars: it does'],
  ['2', '2 stars: disappointing'],
  ['1', '1 star: would send it back'],
]

interface ReviewFormProps {
  slug: string
  /** What this person wrote before; then the form changes it. */
  own?: Review | null
  values?: Record<string, string>
  errors?: Record<string, string[] | undefined>
}

/** One form to write and to change a review, on the product and on a page of its own. */
export function ReviewForm({ slug, own = null, values = {}, errors = {} }: ReviewFormProps) {
  return (
    <form className="box stack has-fields" method="post" action={`/products/${slug}/review`}>
      <SelectField
        name="rating"
        label="Your rating"
        defaultValue={values.rating ?? String(own?.rating ?? '')}
        errors={errors.rating}
        required
      >
        <option value="">Choose</option>
        {STARS.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </SelectField>
      <TextField
        name="title"
        id="review-title"
        label="In a few words"
        defaultValue={values.title ?? own?.title}
        errors={errors.title}
        maxLength={120}
      />
      <TextAreaField
        name="body"
        id="review-body"
        label="What should others know?"
        defaultValue={values.body ?? own?.body}
        errors={errors.body}
        maxLength={4000}
        rows={5}
      />
      <p className="field__hint">
        Your first name and initial stand beside it. We read every review before it is shown.
      </p>
      <p>
        <button
          className={buttonClass({ tone: 'primary' })}
          type="submit"
          name="intent"
          value={own ? 'change' : 'write'}
        >
          {own ? 'Change my review' : 'Send my review'}
        </button>
      </p>
    </form>
  )
}
