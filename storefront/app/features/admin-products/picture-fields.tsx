import { TextField } from '#app/ui/field.tsx'

interface PictureFieldsProps {
  errors: Record<string, string[] | undefined>
  isOptional?: boolean
  /** Several at once, chosen or dropped; each of them gets the description. */
  isMany?: boolean
}

/** A file and what one sees on it. */
export function PictureFields({ errors, isOptional = false, isMany = false }: PictureFieldsProps) {
  return (
    <div className="has-fields">
      <div className="fields">
        <TextField
          name="file"
          label={isMany ? 'Pictures' : 'Picture'}
          type="file"
          multiple={isMany}
          className="dropzone"
          accept="image/jpeg,image/png,image/webp,image/avif"
          errors={errors.file}
          isOptional={isOptional}
          hint={`${isMany ? 'Choose several, or drop them here. ' : ''}JPEG, PNG, WebP or AVIF up to 5 MB. The first one is shown in lists.`}
        />
        <TextField
          name="alt"
          label="Description of the picture"
          errors={errors.alt}
          isOptional={isOptional}
          maxLength={300}
          hint="What one sees, not the name again."
        />
      </div>
    </div>
  )
}
