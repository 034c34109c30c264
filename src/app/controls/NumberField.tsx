import { useEffect, useId, useState } from 'react';

interface Props {
  readonly label: string;
  readonly value: number;
  readonly limits: { readonly min: number; readonly max: number; readonly step: number };
  readonly onChange: (value: number) => void;
  readonly unit?: string;
  readonly hint?: string;
  readonly disabled?: boolean;
  /** Without the slider. */
  readonly plain?: boolean;
}

/** A number with a slider and a field, which always agree; out of limits it is brought back. */
export function NumberField({ label, value, limits, onChange, unit, hint, disabled, plain }: Props) {
  const id = useId();
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);

  const commit = () => {
    const number = Number(text);
    if (text.trim() === '' || !Number.isFinite(number)) return setText(String(value));
    const clamped = Math.min(Math.max(number, limits.min), limits.max);
    setText(String(clamped));
    if (clamped !== value) onChange(clamped);
  };

  return (
    <div className={plain ? 'field field--plain' : 'field'}>
      <label className="field__label" htmlFor={id} title={hint}>{label}{unit && <span className="field__unit"> {unit}</span>}</label>
      <input
        id={id} className="field__number" type="number" {...limits} step="any" value={text} disabled={disabled}
        onChange={(event) => setText(event.currentTarget.value)} onBlur={commit} onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
      {!plain && (
        <input
          className="field__range" type="range" {...limits} value={value} disabled={disabled} aria-label={`${label}, slider`}
          onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
      )}
    </div>
  );
}
