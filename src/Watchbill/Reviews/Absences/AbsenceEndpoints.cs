using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.People;
using Contract = Watchbill.Contracts.Reviews;

namespace Watchbill.Reviews.Absences;

/// <summary>When one is away, and who reviews instead, over HTTP.</summary>
internal static class AbsenceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var mine = api.MapGroup("/me/absence").WithTags("Reviews");
        mine.MapGet("/", (ManageAbsences absences, Caller caller, CancellationToken cancellationToken) => Answers.Ok(absences.FindAsync(caller, cancellationToken), Of))
            .WithName("getAbsence").WithSummary("When you are away, and who reviews in your place");
        mine.MapPut("/", (Contract.NewAbsence input, ManageAbsences absences, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(absences.SetAsync(input.StandIn, (input.From, input.Until), caller, cancellationToken), Of))
            .WithName("setAbsence").WithSummary("Says when you are away: what is yours to decide then goes to your stand-in");
        mine.MapDelete("/", (ManageAbsences absences, Caller caller, CancellationToken cancellationToken) => Answers.Nothing(absences.EndAsync(caller, cancellationToken)))
            .WithName("endAbsence").WithSummary("Says that you are not away; what was handed over stays with your stand-in");
    }

    private static Contract.Absence Of(OwnAbsence? absence) => new(absence?.StandInName, absence?.From, absence?.Until);
}
