import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ResetForm } from './reset-form.tsx';
import { ResetList } from './reset-list.tsx';
import { SettingsFrame } from './settings-frame.tsx';

/** Back to "no permission was given" for every record: counted first, confirmed by typing, and to be undone. */
export function ResetsScreen(): ReactNode {
  const [isPreparing, setPreparing] = useState(false);
  return (
    <SettingsFrame
      part="Reset permissions"
      subtitle="Every record back to “no permission was given”. Objections and old opt-outs always stay."
      actions={!isPreparing && <Button onClick={() => setPreparing(true)}>Prepare a reset</Button>}
    >
      <Stack>
        {isPreparing && <ResetForm close={() => setPreparing(false)} />}
        <ResetList />
      </Stack>
    </SettingsFrame>
  );
}
