import type { DatasetReport } from '../../../io';

/** What became of a folder: what was read, what was left out and why. */
export function ReportView({ report, name, isCut }: { report: DatasetReport; name: string; isCut?: boolean }) {
  const { layout, classes, trainCount, testCount, read, readCount, skipped, warnings } = report;
  return (
    <section className="report" aria-label={`Report on ${name}`}>
      <p className="report__title">{name}: <span data-metric="report-train">{trainCount}</span> to learn from, <span data-metric="report-test">{testCount}</span> to test</p>
      <p className="note">Understood as {layout}.</p>
      <ul aria-label="Classes">
        {classes.map((one) => <li key={one.name}>{one.name}: <span data-metric="report-class">{one.train} + {one.test}</span></li>)}
      </ul>
      {isCut && <p className="report__title">There were more files than are taken: the others were left out.</p>}
      <details>
        <summary>{readCount} {readCount === 1 ? 'file' : 'files'} read</summary>
        <ul aria-label="Read" tabIndex={0}>
          {read.map((path) => <li key={path} className="report__path">{path}</li>)}
          {readCount > read.length && <li>… and {readCount - read.length} more.</li>}
        </ul>
      </details>
      {skipped.length > 0 && (
        <>
          <p className="report__title"><span data-metric="report-skipped">{skipped.length}</span> left out</p>
          <ul aria-label="Left out" tabIndex={0}>
            {skipped.map(({ path, reason }) => <li key={path}><span className="report__path">{path}</span>: {reason}</li>)}
          </ul>
        </>
      )}
      {warnings.length > 0 && (
        <>
          <p className="report__title"><span data-metric="report-remarks">{warnings.length}</span> read with remarks</p>
          <ul aria-label="Remarks" tabIndex={0}>
            {warnings.map(({ path, warning }, i) => <li key={i}><span className="report__path">{path}</span>: {warning.message}</li>)}
          </ul>
        </>
      )}
    </section>
  );
}
