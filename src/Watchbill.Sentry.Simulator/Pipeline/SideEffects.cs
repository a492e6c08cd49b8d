using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>The faults that happen in the world just before a request is evaluated.</summary>
internal static class SideEffects
{
    public static async Task ApplyAsync(FaultRule rule, Simulation simulation, Incoming incoming)
    {
        switch (rule.Action)
        {
            case FaultAction.Delay:
                await Task.Delay(rule.Delay, simulation.Options.Clock, incoming.Aborted);
                break;
            case FaultAction.RevokeToken:
                simulation.World.RevokeToken(incoming.Authorization.Split(' ')[^1]);
                break;
            case FaultAction.DeleteMember:
                DeleteFirstMember(simulation.World.Organizations[0]);
                break;
            default:
                break;
        }
    }

    private static void DeleteFirstMember(Organization organization)
    {
        if (organization.Members.FirstOrDefault(member => member.IsListed && member.Role.Id != "owner") is { } member)
        {
            organization.RemoveMember(member);
        }
    }
}
