import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { nameOf } from '../../shared/customer-search.ts';
import { useMay } from '../../shared/session.ts';
import { NextActionLine } from '../../shared/tasks/next-action-line.tsx';
import { nextActionsQuery } from '../../shared/tasks/next-actions.ts';
import { TasksCard } from '../../shared/tasks/tasks-card.tsx';
import type { Customer } from './customer.ts';
import { vehicleName } from './vehicle-words.ts';

/** What is to be done about a customer: tasks, and what is done next about their enquiries. */
export function RecordTasks({ customer }: { readonly customer: Customer }): ReactNode {
  const mayReadEnquiries = useMay('enquiries:read');
  const { data: enquiries = [] } = useQuery({
    ...nextActionsQuery({ customer: customer.id }, 20),
    enabled: mayReadEnquiries,
  });
  return (
    <TasksCard
      customerId={customer.id}
      about={{
        customerId: customer.id,
        words: nameOf(customer),
        vehicles: customer.vehicles
          .filter(({ untilOn }) => untilOn === null)
          .map((vehicle) => ({ id: vehicle.vehicleId, name: vehicleName(vehicle) })),
      }}
      mayAdd={customer.mergedIntoId === null}
    >
      {enquiries.map((enquiry) => (
        <NextActionLine key={enquiry.id} enquiry={enquiry} showsCustomer={false} />
      ))}
    </TasksCard>
  );
}
