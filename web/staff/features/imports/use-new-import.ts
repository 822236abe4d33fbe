import { useNavigate } from '@tanstack/react-router';
import { newFileId } from './upload.ts';

/** Begins to prepare an import: answers what does so. */
export function useNewImport(): () => void {
  const navigate = useNavigate();
  return () => void navigate({ to: '/imports/new', search: { draft: newFileId() } });
}
