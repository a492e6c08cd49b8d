using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.Generation;
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
            case FaultAction.MoveRegion:
                Move(simulation.World.Organizations[0]);
                break;
            case FaultAction.DisableScim:
                DisableScim(simulation.World.Organizations[0]);
                break;
            default:
                break;
        }
    }

    private static void Move(Organization organization) =>
        organization.Region = organization.Region == WorldGenerator.FirstRegion ? WorldGenerator.SecondRegion : WorldGenerator.FirstRegion;

    private static void DisableScim(Organization organization) =>
        organization.AuthProvider = organization.AuthProvider is { } provider ? provider with { ScimEnabled = false } : null;

    private static void DeleteFirstMember(Organization organization)
    {
        if (organization.Members.FirstOrDefault(member => member.IsListed && member.Role.Id != "owner") is { } member)
        {
            organization.RemoveMember(member);
        }
    }
}
